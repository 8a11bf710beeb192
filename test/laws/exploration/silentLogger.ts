const nothing = () => undefined;

/** A logger for what is not looked at. */
export const silentLogger = { debug: nothing, warn: nothing, error: nothing };
