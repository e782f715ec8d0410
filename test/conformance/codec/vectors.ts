/**
 * Known answers: the examples of the standard, and a channel binding that others published.
 *
 * @source MS-NLMP 4.2.1 (common values), 4.2.2 (NTLM v1), 4.2.3 (v1 with client challenge), 4.2.4
 *   (NTLM v2); the channel binding: tests of jborean93/ntlm-auth
 */
import { concat, unhex } from '../../../conformance/codec/bytes.ts';

export const USER = 'User';
export const DOMAIN = 'Domain';
export const PASSWORD = 'Password';
export const SERVER_CHALLENGE = unhex('0123456789abcdef');
export const CLIENT_CHALLENGE = unhex('aaaaaaaaaaaaaaaa');
export const RANDOM_SESSION_KEY = unhex('55555555555555555555555555555555');

export const V1 = {
  flags: 0xe202_8233,
  lmowf: 'e52cac67419a9a224a3b108f3fa6cb6d',
  ntowf: 'a4f49c406510bdcab6824ee7c30fd852',
  sessionBaseKey: 'd87262b0cde4b1cb7499becccdf10784',
  nt: '67c43011f30298a2ad35ece64f16331c44bdbed927841f94',
  lm: '98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13',
  keyExchangeKeyByLm: 'b09e379f7fbecb1eaf0afdcb0383c8a0',
  encryptedKey: '518822b1b3f350c8958682ecbb3e3cb7',
  encryptedKeyNonNt: '7452ca55c225a1ca04b48fae32cf56fc',
  encryptedKeyByLm: '4cd7bb57d697ef9b549f02b8f9b37864',
} as const;

export const ESS = {
  flags: 0x820a_8233,
  hash: '5af2559e6bcb5c25',
  nt: '7537f803ae367128ca458204bde7caf81e97ed2683267232',
  lm: 'aaaaaaaaaaaaaaaa00000000000000000000000000000000',
  keyExchangeKey: 'eb93429a8bd952f8b89c55b87f475edc',
  sealingKey: '04dd7f014d8504d265a25cc86a3a7c06',
  signingKey: '60e799be5c72fc92922ae8ebe961fb8d',
  sealed: 'a02372f6530273f3aa1eb90190ce5200c99d',
  signature: '01000000ff2aeb52f681793a00000000',
} as const;

const TEMP = unhex(
  `01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00
   01000c005300650072007600650072000000000000000000`,
);
const PROOF = unhex('68cd0ab851e51c96aabc927bebef6a1c');
const LM = unhex('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa');
const ENCRYPTED_KEY = unhex('c5dad2544fc9799094ce1ce90bc9d03e');

export const V2 = {
  flags: 0xe28a_8233,
  ntowf: '0c868a403bfd7a93a3001ef22ef02e3f',
  sessionBaseKey: '8de40ccadbc14a82f15cb0ad0de95ca3',
  proof: PROOF,
  temp: TEMP,
  lm: LM,
  encryptedKey: ENCRYPTED_KEY,
  signingKeys: ['4788dc861b4782f35d43fd98fe1a2d39', 'd04d6f10741041d1d246d64188d7a8ad'],
  sealingKeys: ['59f600973cc4960a25480a7c196e4c58', '9355f3a957c1583d25c4c2f11e40390e'],
  sealed: '54e50165bf1936dc996020c1811b0f06fb5f',
  signature: '010000007fb38ec5c55d497600000000',
  challenge: unhex(
    `4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef000000000000000024002400
     44000000060070170000000f53006500720076006500720002000c0044006f006d00610069006e0001000c00
     53006500720076006500720000000000`,
  ),
  authenticate: concat(
    unhex(
      `4e544c4d5353500003000000180018006c00000054005400840000000c000c00480000000800080054000000
       100010005c00000010001000d8000000358288e20501280a0000000f44006f006d00610069006e0055007300
       6500720043004f004d0050005500540045005200`,
    ),
    LM,
    PROOF,
    TEMP,
    ENCRYPTED_KEY,
  ),
} as const;

export const BINDING = {
  certificateHash: unhex('E3CA49271E5089CC48CE82109F1324F41DBEDDC29A777410C738F7868C4FF405'),
  binding: '6ea19df066da4622051f9c4f92c6df74',
} as const;
