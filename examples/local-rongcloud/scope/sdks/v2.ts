import * as RongIMLib from '@rongcloud/imlib-v2';

Object.assign(globalThis, { RongIMLib });
