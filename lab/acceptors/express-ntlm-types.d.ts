/** What is used of express-ntlm, which has no types of its own. */
declare module 'express-ntlm' {
  import type { RequestHandler } from 'express';

  const expressNtlm: (options: {
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
