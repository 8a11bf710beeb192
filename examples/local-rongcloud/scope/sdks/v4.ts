import * as RongIMLib from '@rongcloud/imlib-v4';

Object.assign(globalThis, { RongIMLib });
