import { describe, expect, it } from 'vitest';
import { toUvSettings } from './pip.ts';

describe('toUvSettings', () => {
  it('says for uv where pip was told to look', () => {
    const listing = `global.cert='/etc/ssl/ca.crt'
global.index-url='https://index.example.org/simple'
global.extra-index-url='https://one.example.org/simple\\nhttps://two.example.org/simple'
global.find-links='/wheels /more'
global.constraint='/etc/constraints.txt'
global.trusted-host='one.example.org'
global.no-cache-dir='false'
list.format='columns'
`;
    expect(toUvSettings(listing)).toEqual({
      SSL_CERT_FILE: '/etc/ssl/ca.crt',
      UV_DEFAULT_INDEX: 'https://index.example.org/simple',
      UV_INDEX: 'https://one.example.org/simple https://two.example.org/simple',
      UV_INDEX_STRATEGY: 'unsafe-best-match',
      UV_FIND_LINKS: '/wheels,/more',
      UV_CONSTRAINT: '/etc/constraints.txt',
      UV_INSECURE_HOST: 'one.example.org',
    });
  });

  it('lets what is narrower win: install over global, the environment over both', () => {
    const listing = ":env:.index-url='https://c'\ninstall.index-url='https://b'\nglobal.index-url='https://a'\n";
    expect(toUvSettings(listing)).toEqual({ UV_DEFAULT_INDEX: 'https://c' });
    expect(toUvSettings("install.index-url='https://b'\nglobal.index-url='https://a'")).toEqual({ UV_DEFAULT_INDEX: 'https://b' });
    expect(toUvSettings('')).toEqual({});
  });
});
