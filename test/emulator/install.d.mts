export declare const LOCALEMU_VERSION: string;
export declare function ensureEmulator(folder?: string): Promise<{ python: string; unavailable?: undefined } | { unavailable: string; python?: undefined }>;
