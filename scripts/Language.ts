/** The languages of the docs. */
export type Language = 'en' | 'zh';
