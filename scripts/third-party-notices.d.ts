export declare function thirdPartyNotices(): Promise<string>;
