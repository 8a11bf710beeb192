import * as RongIMLib from '@rongcloud/imlib-next';

Object.assign(globalThis, { RongIMLib });
