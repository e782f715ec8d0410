/**
 * express-ntlm in express, which asks a domain controller by LDAP whether a response is right: two
 * instances. Both run in this process.
 */
import express from 'express';
import expressNtlm from 'express-ntlm';
import { POLICIES } from '../../machines/ntlm/policy.ts';
import type { Lab } from '../lab.ts';
import { type Acceptor, DOMAIN, type Started, targetAt, together } from '../started.ts';
import {
  DC_NEEDS,
  type DomainController,
  domainController,
  sharedWith,
} from './domain-controller.ts';
import { serveHttp } from './serve-http.ts';

async function startExpress(
  lab: Lab,
  dc: DomainController,
  name: string,
  host: string,
  computer: string,
): Promise<Started> {
  const app = express();
  app.use(expressNtlm({ domain: DOMAIN, domaincontroller: `ldap://${dc.host}/${dc.base}` }));
  app.use((request, response) => {
    const { DomainName, UserName } = request.ntlm;
    response.set({ 'X-Server': computer, 'X-User': `${DomainName}\\${UserName}` });
    response.send(`${computer} ok\n`);
  });
  app.use(
    (_: Error, __: express.Request, response: express.Response, ___: express.NextFunction) => {
      response.status(500).send('error\n');
    },
  );
  const server = await serveHttp(lab, name, host, app);
  return together(targetAt(server.address, '/'), null, [server]);
}

export const expressNtlmAcceptor: Acceptor = {
  name: 'express-ntlm',
  needs: DC_NEEDS,
  policy: POLICIES.expressNtlm,
  start: async (lab) => {
    const dc = await domainController(lab);
    const front = await startExpress(lab, dc, 'express-ntlm', '127.0.0.7', 'EXPRESS');
    const back = await startExpress(lab, dc, 'express-ntlm-back', '127.0.0.17', 'EXPRESSBACK');
    return together(front.target, back.target, [front, back, sharedWith(dc)]);
  },
};
