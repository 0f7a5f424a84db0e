// A file that only the agency's key opens, in the format age-encryption.org/v1, for one X25519 key.
// Written from the format's page and RFC 7748, 8439, 5869; the tests open what it makes with age.
// It only locks. The key that it uses is made new for each file, and forgotten.
const age = (() => {
  const bytes = (text) => new TextEncoder().encode(text);
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const random = (size) => crypto.getRandomValues(new Uint8Array(size));
  const base64 = (given) => btoa(String.fromCharCode(...given)).replace(/=+$/, "");
  const toNumber = (given) => given.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const toBytes = (number, size) =>
    Uint8Array.from({ length: size }, (_, at) => Number((number >> BigInt(8 * at)) & 255n));

  // --- SHA-256, HMAC, HKDF
  const power = (base, root, size) => {
    let low = 0n, high = 1n << 80n;
    while (low < high) {
      const middle = (low + high + 1n) / 2n;
      if (middle ** BigInt(root) <= BigInt(base) << BigInt(size * root)) low = middle;
      else high = middle - 1n;
    }
    return Number(low & 0xffffffffn);
  };
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const START = primes.slice(0, 8).map((p) => power(p, 2, 32));
  const ROUND = primes.map((p) => power(p, 3, 32));
  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  const sha256 = (message) => {
    const length = message.length;
    const padded = new Uint8Array(Math.ceil((length + 9) / 64) * 64);
    padded.set(message);
    padded[length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
    view.setUint32(padded.length - 4, (length * 8) >>> 0);
    const state = Uint32Array.from(START);
    const words = new Uint32Array(64);
    for (let block = 0; block < padded.length; block += 64) {
      for (let at = 0; at < 64; at++) {
        if (at < 16) {
          words[at] = view.getUint32(block + 4 * at);
          continue;
        }
        const [near, far] = [words[at - 15], words[at - 2]];
        const small = turned(near, 7) ^ turned(near, 18) ^ (near >>> 3);
        words[at] = words[at - 16] + small + words[at - 7] + (turned(far, 17) ^ turned(far, 19) ^ (far >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let at = 0; at < 64; at++) {
        const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[at] + words[at]) | 0;
        const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] += word));
    }
    return Uint8Array.from([...state].flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]));
  };

  const hmac = (key, message) => {
    const block = new Uint8Array(64);
    block.set(key.length > 64 ? sha256(key) : key);
    return sha256(joined(block.map((b) => b ^ 0x5c), sha256(joined(block.map((b) => b ^ 0x36), message))));
  };
  // One round of HKDF gives the 32 bytes that every key here has.
  const hkdf = (secret, salt, info) => hmac(hmac(salt, secret), joined(bytes(info), [1]));

  // --- X25519
  const P = 2n ** 255n - 19n;
  const reduced = (number) => ((number % P) + P) % P;
  const inverse = (number) => {
    let found = 1n;
    for (let left = P - 2n, base = number; left; left >>= 1n, base = (base * base) % P)
      if (left & 1n) found = (found * base) % P;
    return found;
  };
  const x25519 = (secret, point) => {
    const clamped = Uint8Array.from(secret);
    clamped[0] &= 248;
    clamped[31] = (clamped[31] & 127) | 64;
    const scalar = toNumber(clamped);
    const x1 = reduced(toNumber(point) & (2n ** 255n - 1n));
    let [x2, z2, x3, z3] = [1n, 0n, x1, 1n];
    for (let bit = 254n; bit >= 0n; bit--) {
      const set = (scalar >> bit) & 1n;
      if (set) [x2, z2, x3, z3] = [x3, z3, x2, z2];
      const [a, b] = [reduced(x2 + z2), reduced(x2 - z2)];
      const [aa, bb] = [reduced(a * a), reduced(b * b)];
      const [da, cb] = [reduced(reduced(x3 - z3) * a), reduced(reduced(x3 + z3) * b)];
      const e = reduced(aa - bb);
      [x3, z3] = [reduced((da + cb) ** 2n), reduced(x1 * reduced((da - cb) ** 2n))];
      [x2, z2] = [reduced(aa * bb), reduced(e * (aa + 121665n * e))];
      if (set) [x2, z2, x3, z3] = [x3, z3, x2, z2];
    }
    return toBytes(reduced(x2 * inverse(z2)), 32);
  };

  // --- ChaCha20-Poly1305
  const QUARTERS = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];
  const chacha = (key, counter, nonce) => {
    const start = new Uint32Array(16);
    const given = joined(bytes("expand 32-byte k"), key, toBytes(BigInt(counter), 4), nonce);
    const view = new DataView(given.buffer);
    for (let at = 0; at < 16; at++) start[at] = view.getUint32(4 * at, true);
    const state = Uint32Array.from(start);
    const mixed = (to, from, into, by) => {
      state[to] += state[from];
      const word = state[into] ^ state[to];
      state[into] = (word << by) | (word >>> (32 - by));
    };
    for (let round = 0; round < 10; round++)
      for (const [a, b, c, d] of QUARTERS) {
        mixed(a, b, d, 16);
        mixed(c, d, b, 12);
        mixed(a, b, d, 8);
        mixed(c, d, b, 7);
      }
    return Uint8Array.from([...state].flatMap((word, at) => [...toBytes(BigInt((word + start[at]) >>> 0), 4)]));
  };

  const poly1305 = (key, message) => {
    const r = toNumber(key.slice(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
    let sum = 0n;
    for (let at = 0; at < message.length; at += 16) {
      const part = message.slice(at, at + 16);
      sum = ((sum + toNumber(part) + (1n << BigInt(8 * part.length))) * r) % (2n ** 130n - 5n);
    }
    return toBytes((sum + toNumber(key.slice(16))) & (2n ** 128n - 1n), 16);
  };

  const sealed = (key, nonce, plain) => {
    const hidden = Uint8Array.from(plain);
    for (let at = 0, block = 1; at < plain.length; at += 64, block++)
      chacha(key, block, nonce).forEach((byte, place) => {
        if (at + place < hidden.length) hidden[at + place] ^= byte;
      });
    const fill = new Uint8Array((16 - (hidden.length % 16)) % 16);
    const sizes = joined(toBytes(0n, 8), toBytes(BigInt(hidden.length), 8));
    const tag = poly1305(chacha(key, 0, nonce).slice(0, 32), joined(hidden, fill, sizes));
    return joined(hidden, tag);
  };

  // --- the format
  const CHUNK = 65536;
  const encrypt = (recipient, text) => {
    const plain = bytes(text);
    const [fileKey, own, nonce] = [random(16), random(32), random(16)];
    const base = new Uint8Array(32);
    base[0] = 9;
    const share = x25519(own, base);
    const wrap = hkdf(x25519(own, recipient), joined(share, recipient), "age-encryption.org/v1/X25519");
    const body = base64(sealed(wrap, new Uint8Array(12), fileKey));
    const head = `age-encryption.org/v1\n-> X25519 ${base64(share)}\n${body}\n---`;
    const mac = base64(hmac(hkdf(fileKey, new Uint8Array(0), "header"), bytes(head)));
    const key = hkdf(fileKey, nonce, "payload");
    const parts = [];
    for (let at = 0; at === 0 || at < plain.length; at += CHUNK) {
      const counter = joined(toBytes(BigInt(at / CHUNK), 11).reverse(), [at + CHUNK >= plain.length ? 1 : 0]);
      parts.push(sealed(key, counter, plain.slice(at, at + CHUNK)));
    }
    return joined(bytes(`${head} ${mac}\n`), nonce, ...parts);
  };

  return { encrypt, x25519 };
})();
