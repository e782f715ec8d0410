/**
 * Connections as a capture shows them: in pieces, in any order, with bodies of every kind. What is
 * read is what was said.
 */
import { describe, expect, it } from 'vitest';
import { ALICE, making } from '../trace/support/making.ts';
import { GET, OK, REFUSED, read, saidIn, told } from './support/read-segments.ts';
import { signIns } from './support/reading.ts';
import { type Talk, talking } from './support/tcp.ts';
import { trafficOf } from './support/traffic.ts';

describe('a capture', () => {
  it('is read as it was recorded', () => {
    const recording = signIns();
    const result = read(trafficOf(recording));
    expect(result.omissions).toBe(undefined);
    expect(saidIn(result)).toEqual(saidIn(recording));
  });
  it('is read so of a proxy too, which is known by its headers', () => {
    const maker = making({ isProxy: true });
    const slot = maker.on('alice', 'http://10.0.0.9:3128');
    slot.signsIn(ALICE, 'alice');
    const recording = read(trafficOf(maker.recording()));
    expect(recording.connections).toMatchObject([
      { client: '10.0.0.1', server: 'http://10.0.0.9:3128', isProxy: true },
    ]);
    expect(saidIn(recording)).toEqual(saidIn(maker.recording()));
  });
  it('whose file is cut short says so', () => {
    expect(read(trafficOf(signIns()), true).source).toBe('a capture; its file is cut short');
  });
});

describe('a connection', () => {
  it('whose client closes its half is open for the reply', () => {
    const { said } = told((talk) => {
      talk.says('client', GET);
      talk.sends('server', 'HTTP/1.1 200 OK\r\n');
      talk.ends('client');
      talk.sends('server', '\r\nuntil the end');
      talk.ends('server');
    });
    expect(said).toEqual(['opened', 'GET /x', '200', 'closed']);
  });
  it('has the reply after its request, though it came before the body, or was captured first', () => {
    const early = told((talk) => {
      talk.says('client', 'POST /x HTTP/1.1\r\nContent-Length: 9\r\n\r\nfour');
      talk.says('server', REFUSED);
      talk.says('client', '-five');
      talk.says('client', GET);
      talk.says('server', OK);
    });
    expect(early.said).toEqual(['opened', 'POST /x', '401', 'GET /x', '200']);
    const { between, segments } = talking();
    const talk = between('10.0.0.1', '10.0.0.2:80');
    talk.opens();
    talk.sends('client', GET);
    talk.sends('server', OK);
    const [syn, ack, last, request, reply] = segments();
    const turned = read([syn!, ack!, last!, reply!, request!]);
    expect(turned.observations.map(({ what }) => what)).toEqual(['opened', 'request', 'reply']);
  });
  it('goes on where a client leaves out the body that a 100 had to allow', () => {
    const { said } = told((talk) => {
      talk.says('client', 'PUT /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99\r\n\r\n');
      talk.says('server', REFUSED);
      talk.says('client', GET);
      talk.says('server', OK);
    });
    expect(said).toEqual(['opened', 'PUT /x', '401', 'GET /x', '200']);
  });
  it('is read through folded lines, lone line feeds, and replies without bodies', () => {
    const { said, omissions } = told((talk) => {
      talk.says('client', 'HEAD /x HTTP/1.1\nA: b\n c\n\n');
      talk.says('server', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n');
      talk.says('client', `\r\n${GET}`);
      talk.says('server', 'HTTP/1.1 304 Same\r\nContent-Length: 99\r\n\r\n');
      talk.says('client', GET);
      talk.says('server', OK);
    });
    expect(said).toEqual(['opened', 'HEAD /x', '200', 'GET /x', '304', 'GET /x', '200']);
    expect(omissions).toEqual([]);
  });
  it.each<[string, (talk: Talk) => void, readonly string[], string]>([
    [
      'pipelines',
      (talk) => {
        talk.sends('client', GET);
        talk.sends('client', GET);
        talk.says('server', OK + OK);
      },
      ['opened', 'GET /x'],
      'pipelined 5',
    ],
    [
      'pipelines in one segment',
      (talk) => {
        talk.says('client', GET);
        talk.says('server', OK);
        talk.says('client', GET + GET);
        talk.says('server', OK + OK);
      },
      ['opened', 'GET /x', '200'],
      'pipelined 8',
    ],
    [
      'changes to another protocol',
      (talk) => {
        talk.says('client', GET);
        talk.says('server', OK);
        talk.says('client', GET);
        talk.says('server', 'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n\x81\x05');
      },
      ['opened', 'GET /x', '200', 'GET /x'],
      'upgraded 10',
    ],
    [
      'sends what is not HTTP',
      (talk) => {
        talk.says('client', GET);
        talk.says('server', OK);
        talk.says('client', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
      },
      ['opened', 'GET /x', '200'],
      'unreadable 8',
    ],
    [
      'answers what is not HTTP',
      (talk) => {
        talk.says('client', GET);
        talk.says('server', `${OK}more than announced`);
        talk.says('client', GET);
        talk.says('server', OK);
      },
      ['opened', 'GET /x'],
      'unreadable 6',
    ],
    [
      'is given up by its server with a 408',
      (talk) => {
        talk.says('client', GET);
        talk.says('server', OK);
        talk.says('server', 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
        talk.ends('server');
      },
      ['opened', 'GET /x', '200'],
      'idle 8',
    ],
  ])('that %s is judged up to there', (_, act, said, omission) => {
    expect(told(act)).toMatchObject({ said, omissions: [omission] });
  });
  it('that answers without being asked is read as that', () => {
    const { said, omissions } = told((talk) => {
      talk.says('client', GET);
      talk.says('server', OK);
      talk.says('server', OK);
    });
    expect({ said, omissions }).toEqual({
      said: ['opened', 'GET /x', '200', '200'],
      omissions: [],
    });
  });
});
