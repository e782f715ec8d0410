/** The parts that the laboratory uses of packages without types of their own. */

declare module 'express-ntlm' {
  import type { RequestHandler } from 'express';

  /** Without a domain controller, it accepts every response. */
  const expressNtlm: (options?: {
    readonly domain: string;
    readonly domaincontroller: string; // "ldap://127.0.0.11/dc=ad,dc=test"
  }) => RequestHandler;
  export = expressNtlm;
}

declare namespace Express {
  interface Request {
    readonly ntlm: { readonly DomainName: string; readonly UserName: string };
  }
}

declare module 'httpntlm' {
  type Options = {
    readonly url: string;
    readonly username: string;
    readonly password: string;
    readonly domain: string;
    readonly workstation: string;
    readonly timeout: number;
  };
  type Reply = { readonly statusCode: number };
  const httpntlm: {
    readonly get: (
      options: Options,
      callback: (error: Error | null, reply: Reply | undefined) => void,
    ) => void;
  };
  export default httpntlm;
}

declare module '@ewsjs/ntlm-client' {
  /** Values of Authorization, with the scheme. */
  const codec: {
    readonly createType1Message: (workstation: string, target: string) => string;
    readonly decodeType2Message: (value: string) => object;
    readonly createType3Message: (
      type2: object,
      user: string,
      password: string,
      workstation: string,
      target: string,
    ) => string;
  };
  export default codec;
}
