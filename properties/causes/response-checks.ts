/** Which check of a server would have refused a response, and the field that turns it off. */
import { isStatic, RESPONSE_CHECKS, type ResponseCheck } from '../../machines/ntlm/acceptor.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import type { Response } from '../../machines/vocabulary/terms.ts';
import { hostField, type Reason, userField } from './cause.ts';
import { hostCalled } from './run.ts';

type Defences = AcceptingHost['defences'];

/** Whether the server refuses the response in a check, with other settings for it. */
const refuses = (
  check: ResponseCheck,
  { name, names, certificate, defences }: AcceptingHost,
  response: Response,
  stricter: Partial<Defences>,
): boolean =>
  RESPONSE_CHECKS[check](
    {
      context: {
        server: name,
        names,
        certificate,
        defences: { ...defences, ...stricter },
        challenge: response.challenge,
      },
    },
    response,
  );

const defence = (
  { name, defences }: AcceptingHost,
  field: keyof Defences,
  because: string,
): Reason => ({
  because,
  allowedBy: hostField(name, `defences.${field}`, defences[field]),
});

/** The checks of a MIC, and of what a MIC would have shown. */
export function missingMicCheck(
  response: Response,
  server: AcceptingHost,
  user: string,
): Reason | null {
  if (refuses('isTamperedWith', server, response, { mic: 'checkedIfFlagged' }))
    return defence(server, 'mic', `${server.name} checks no MIC`);
  return response.pairs?.mic === 'ambiguous'
    ? {
        because: `${user}'s client copies the MsvAvFlags of a challenge, which hide its own`,
        allowedBy: userField(user, 'initiator.dropsFlags', 'false'),
      }
    : null;
}

/**
 * Why the server accepted a response that `user` computed for another server, or for another
 * connection. Null: no check of a server would have refused it.
 *
 * @param target - the server that the user's client meant.
 */
export function missingCheck(
  response: Response,
  server: AcceptingHost,
  { user, target }: { readonly user: string; readonly target: string },
  deployment: Deployment,
): Reason | null {
  const { name, defences } = server;
  if (isStatic(response.challenge))
    return defence(server, 'challenges', `${name} issues the same challenge every time`);
  if (response.altered)
    return defence(
      server,
      'lmResponse',
      `${name} accepts a right LM response, which covers no names`,
    );
  if (response.pairs === null)
    return defence(server, 'ntlmv1', `${name} accepts NTLMv1, whose responses name no server`);
  if (
    response.pairs.machine === name &&
    refuses('isFromHere', server, response, { loopback: 'checked' })
  )
    return defence(server, 'loopback', `${name} accepts what its own machine computed for others`);
  const binding = bindingReason(response, server, target, deployment);
  if (binding !== null) return binding;
  if (refuses('isMeantForAnother', server, response, { targetName: 'checked' }))
    return defence(server, 'targetName', `${name} does not check the target name, ${target}`);
  if (response.pairs.unverified && defences.targetName === 'checked')
    return {
      because: `${user}'s client flags the target name as unverified, so ${name} skips its check`,
      allowedBy: userField(user, 'initiator.trustsTarget', 'false'),
    };
  if (refuses('isForAnotherServer', server, response, { serverName: 'required' }))
    return defence(server, 'serverName', 'the name of the server in the response is not required');
  return target === name && server.certificate === null
    ? {
        because: `there is no TLS between ${user} and ${name}`,
        allowedBy: hostField(name, 'certificate', 'none'),
      }
    : null;
}

function bindingReason(
  response: Response,
  server: AcceptingHost,
  target: string,
  deployment: Deployment,
): Reason | null {
  const { name, certificate, defences } = server;
  if (certificate === null) return null; // nothing to bind to
  if (refuses('isBoundElsewhere', server, response, { channelBinding: 'required' }))
    return defence(
      server,
      'channelBinding',
      defences.channelBinding === 'ignored'
        ? `${name} ignores the channel binding`
        : `the response has no channel binding, and ${name} does not require one`,
    );
  return defences.channelBinding !== 'ignored' &&
    target !== name &&
    hostCalled(deployment, target)?.certificate === certificate
    ? {
        because: `${target} and ${name} share a certificate, so that the channel binding fits`,
        allowedBy: hostField(target, 'certificate', certificate),
      }
    : null;
}
