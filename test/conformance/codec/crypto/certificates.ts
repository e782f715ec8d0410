/**
 * Certificates that differ in the algorithm of their signature, made by OpenSSL for these tests.
 */
import type { Bytes } from '../../../../conformance/codec/messages/message-types.ts';

const der = (...lines: readonly string[]): Bytes =>
  Uint8Array.from(Buffer.from(lines.join(''), 'base64'));

/** By algorithm; `hash` is what the channel binding then takes. Null: there is no such binding. */
export const CERTIFICATES = [
  {
    name: 'ECDSA with SHA-1',
    hash: 'sha256',
    der: der(
      'MIIBbjCCARSgAwIBAgIUX2WvbEnZd6jgdaN8nf/nBP+SF6QwCQYHKoZIzj0EATAMMQowCAYDVQQDDAF0MCAXDTI2',
      'MTEyNjIyMzIxNloYDzIxMjYxMTAyMjIzMjE2WjAMMQowCAYDVQQDDAF0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD',
      'QgAEg5nZxPXdfJFvcV9MR7j8YY9zt5IeXEkSZFK0tjNZarktPQNIb+zsC8eqdZJVO0wsIblAEM6wNDyNjvMtGnhL',
      'H6NTMFEwHQYDVR0OBBYEFJtiuITc4czruInG0TQyLL1l9q8QMB8GA1UdIwQYMBaAFJtiuITc4czruInG0TQyLL1l',
      '9q8QMA8GA1UdEwEB/wQFMAMBAf8wCQYHKoZIzj0EAQNJADBGAiEAoDWumk/4eYbcO5u2sSQ6ukam0IMPDPhODWjy',
      'B1wXCy4CIQDGoTRCX+bLx/MSz8wpP/G71ypADi9xt/IKJZN4HIbLdA==',
    ),
  },
  {
    name: 'RSA with MD5',
    hash: 'sha256',
    der: der(
      'MIIB9jCCAV+gAwIBAgIUcoKMUPlaNtAY6fKuw15KzCOTKGYwDQYJKoZIhvcNAQEEBQAwDDEKMAgGA1UEAwwBdDAg',
      'Fw0yNjExMjYyMjMyMTZaGA8yMTI2MTEwMjIyMzIxNlowDDEKMAgGA1UEAwwBdDCBnzANBgkqhkiG9w0BAQEFAAOB',
      'jQAwgYkCgYEAtjSxpJq4V91TiLR1sqYbNhW1VfePwwAoMysvL3sNBM9RcplvIc1MwTaszShPT8V/+8WoAd34Hnqr',
      'aNEbeSWP8pC86heDcvn9ZFsRYwqyWfgudiZcSVPCDWnF2TSkEHnU+ow9NhWnDpvbncDFYzSnyp41vxmBlEoHrk67',
      'X382aT0CAwEAAaNTMFEwHQYDVR0OBBYEFNwwrS+KIuVWkxiREni3f1j+iLQxMB8GA1UdIwQYMBaAFNwwrS+KIuVW',
      'kxiREni3f1j+iLQxMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEEBQADgYEAog7+ycnm175KgLW2dRUJW2Gz',
      'DnQ2+wgo2B4146d6tXcV0ZYuwU3EYYZos57wJSLc8AuZ9SkomyxSqh81THWqislb79xOHKb3bzmBSYOqsiABNyXw',
      'duKbMfSiDFdyHQU+MF8HonKPP16u80GDrVllNK7/VaLukI5TBuusbY+lqtY=',
    ),
  },
  {
    name: 'ECDSA with SHA-256',
    hash: 'sha256',
    der: der(
      'MIIBbjCCARWgAwIBAgIUVgojEj9XsTuKbOZb1hbtHW5pmQ8wCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBdDAgFw0y',
      'NjExMjYyMjMyMTZaGA8yMTI2MTEwMjIyMzIxNlowDDEKMAgGA1UEAwwBdDBZMBMGByqGSM49AgEGCCqGSM49AwEH',
      'A0IABKq6f32olnd/KdmDr93RSrst3Rl5aUl0qFQlsqhuughuUelJJSpBUJjbhBYAoWpttL46B1pStYmWddTTFKOK',
      'dZajUzBRMB0GA1UdDgQWBBRxBgf2QxrjdJr3BNavyoi4J9qCTTAfBgNVHSMEGDAWgBRxBgf2QxrjdJr3BNavyoi4',
      'J9qCTTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCICQV9qZyyFa4B6CXIKJJJZoUXJ+0KzLAV6ne',
      '1C6y1H3HAiAdI2AWk0z6x+6xW3Ab10C2EKftR+HsJQYcXf8eXAiYyw==',
    ),
  },
  {
    name: 'ECDSA with SHA-384',
    hash: 'sha384',
    der: der(
      'MIIBcDCCARWgAwIBAgIURlKyc0BaCzyZpmC506G+sMH7MUowCgYIKoZIzj0EAwMwDDEKMAgGA1UEAwwBdDAgFw0y',
      'NjExMjYyMjMyMTZaGA8yMTI2MTEwMjIyMzIxNlowDDEKMAgGA1UEAwwBdDBZMBMGByqGSM49AgEGCCqGSM49AwEH',
      'A0IABJafLovKmsXTxFGyoxnb3Xc+zTROi25hcmqDMHNBI7ZahmcqNIYOFYDLQ11gzW5Bh61ndQ12wqd+YKJ9hfIo',
      'WQ2jUzBRMB0GA1UdDgQWBBRVh4ABCx4u96e1n+xr4Dr1rFErxDAfBgNVHSMEGDAWgBRVh4ABCx4u96e1n+xr4Dr1',
      'rFErxDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMDA0kAMEYCIQDyFgpH4G81HmgFzAcQmWVwPbHDdRSYV3p0',
      'ZvQzEpl76AIhAOAkLpcz1wsw59dOYqpyHqpJ9dQVVMPJdXQ7stjQDzlp',
    ),
  },
  {
    name: 'ECDSA with SHA-512',
    hash: 'sha512',
    der: der(
      'MIIBbzCCARWgAwIBAgIUfBSfoEz494VuiSsC5nzhal/C4Q8wCgYIKoZIzj0EAwQwDDEKMAgGA1UEAwwBdDAgFw0y',
      'NjExMjYyMjMyMTZaGA8yMTI2MTEwMjIyMzIxNlowDDEKMAgGA1UEAwwBdDBZMBMGByqGSM49AgEGCCqGSM49AwEH',
      'A0IABOTBpyN83cHEAnxB0VqUkJCBz+1xfDZPCKhxDXZ+VbRZsSjtqtBBfRmL/RZJyMCQ+80qQKbKF5s7RUFS30/m',
      'inWjUzBRMB0GA1UdDgQWBBSFYVSXFIBfVkzifMOFqXuJv2ThhzAfBgNVHSMEGDAWgBSFYVSXFIBfVkzifMOFqXuJ',
      'v2ThhzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMEA0gAMEUCIQCuQGeQ7eyeiTWOL+plo0n9nwbCfIxyMVdq',
      'naweAO2WsAIgO2J+oEvLS2nAi/p8qVAKuaRK4jDNDMDbDfB+dOBHlCc=',
    ),
  },
  {
    name: 'RSASSA-PSS with SHA-384',
    hash: 'sha384',
    der: der(
      'MIICXjCCAZOgAwIBAgIUe/GDrAIb2JygKNY/ly2evBtnWGwwQQYJKoZIhvcNAQEKMDSgDzANBglghkgBZQMEAgIF',
      'AKEcMBoGCSqGSIb3DQEBCDANBglghkgBZQMEAgIFAKIDAgFOMAwxCjAIBgNVBAMMAXQwIBcNMjYxMTI2MjIzMjE2',
      'WhgPMjEyNjExMDIyMjMyMTZaMAwxCjAIBgNVBAMMAXQwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAMwb4y7j',
      '2TyPpHb/8IMVxqvJhPdALT5nd8vEtQKH96Fb2ghvM0ORrqEZ6Nj9zjFChe44ZM7bV4vYnbJZZOZEc40nau82n3rU',
      'rUdhqdUhNzlmiW2jS4agdOPMwTYjWRlz3XwEAgXWYtDN8mGMVWS+tG5ZNFlnbPMSzqJEcIbxyt+HAgMBAAGjUzBR',
      'MB0GA1UdDgQWBBR7pbe9GnAPrtwIw6vG2mVkRs/ARzAfBgNVHSMEGDAWgBR7pbe9GnAPrtwIw6vG2mVkRs/ARzAP',
      'BgNVHRMBAf8EBTADAQH/MEEGCSqGSIb3DQEBCjA0oA8wDQYJYIZIAWUDBAICBQChHDAaBgkqhkiG9w0BAQgwDQYJ',
      'YIZIAWUDBAICBQCiAwIBTgOBgQA61yZFOrz+mrkfejq91+7SWqGpN4TXXd3bdykAfAxI7kerQw3xqRC9/bZnoVis',
      'n1s1Nmxa1DnRDqv5+eAIONAujxYA3K0jFl2og/BohPm8nXduQxAhhTSO/6p8fKU4tyVSxEj6cIPQSsaeDSuD3vL7',
      'kWEoG8F7popIB3W0git1rg==',
    ),
  },
  {
    name: 'Ed25519',
    hash: null,
    der: der(
      'MIIBLjCB4aADAgECAhQ+0J+nNH46cR7jaxdSw80XtuErdzAFBgMrZXAwDDEKMAgGA1UEAwwBdDAgFw0yNjExMjYy',
      'MjMyMTZaGA8yMTI2MTEwMjIyMzIxNlowDDEKMAgGA1UEAwwBdDAqMAUGAytlcAMhANDRP7N6XXT6n0+Fhjd2MggL',
      'AGgGnhC2udPj78NBIiyHo1MwUTAdBgNVHQ4EFgQUGscFY+GQuponGCoRq8ioI31oIuUwHwYDVR0jBBgwFoAUGscF',
      'Y+GQuponGCoRq8ioI31oIuUwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQBcw0DlDLyjGd0L2m/lA7JYZ3hRm9ZD',
      'cAkid/TqTqvFZu6JA+k1mTG1LeO1LBfECuF1uTCuQn7wMl25wYatgGsA',
    ),
  },
] as const;
