/* SHA-256 (FIPS 180-4).
   SPDX-License-Identifier: MIT */

#include "core/sha256.h"

#include "core/ascii.h"

#include <string.h>

enum { BLOCK = 64, LENGTH_AT = 56 };

/* 4.2.2: the fractions of the cube roots of the first 64 primes. */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t
rotate(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static uint32_t
load(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

static void
store(unsigned char *p, uint32_t x)
{
    p[0] = (unsigned char)(x >> 24);
    p[1] = (unsigned char)(x >> 16);
    p[2] = (unsigned char)(x >> 8);
    p[3] = (unsigned char)x;
}

/* 6.2.2, step 1: the message schedule. */
static void
schedule(const unsigned char *block, uint32_t words[64])
{
    uint32_t a, b;
    unsigned i;

    for (i = 0; i < 16; i++)
        words[i] = load(block + 4 * i);
    for (; i < 64; i++) {
        a = words[i - 15];
        b = words[i - 2];
        words[i] = words[i - 16] + words[i - 7] +
                   (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
                   (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

/* 6.2.2, steps 2 to 4. */
static void
digest_block(struct az_sha256 *hash, const unsigned char *block)
{
    uint32_t words[64], s[8], first, second;
    unsigned i;

    schedule(block, words);
    memcpy(s, hash->state, sizeof(s));
    for (i = 0; i < 64; i++) {
        first = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) +
                ((s[4] & s[5]) ^ (~s[4] & s[6])) + constants[i] + words[i];
        second = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) +
                 ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof(*s));
        s[4] += first;
        s[0] = first + second;
    }
    for (i = 0; i < 8; i++)
        hash->state[i] += s[i];
}

void
az_sha256_init(struct az_sha256 *hash)
{
    static const uint32_t start[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };

    memcpy(hash->state, start, sizeof(start));
    hash->length = 0;
}

void
az_sha256_add(struct az_sha256 *hash, const void *data, size_t length)
{
    size_t held = hash->length % BLOCK, room = BLOCK - held;
    const unsigned char *p = data;

    hash->length += length;
    if (length < room) {
        memcpy(hash->block + held, p, length);
        return;
    }
    if (held > 0) {
        memcpy(hash->block + held, p, room);
        digest_block(hash, hash->block);
        p += room;
        length -= room;
    }
    for (; length >= BLOCK; p += BLOCK, length -= BLOCK)
        digest_block(hash, p);
    memcpy(hash->block, p, length);
}

void
az_sha256_finish(struct az_sha256 *hash, char ret[static AZ_SHA256_SIZE])
{
    static const unsigned char padding[BLOCK] = { 0x80 };
    static const char digits[] = "0123456789abcdef";
    uint64_t bits = hash->length * 8;
    size_t held = hash->length % BLOCK;
    unsigned char length[8];
    unsigned i;

    store(length, (uint32_t)(bits >> 32));
    store(length + 4, (uint32_t)bits);
    az_sha256_add(hash, padding,
                  (held < LENGTH_AT ? LENGTH_AT : BLOCK + LENGTH_AT) - held);
    az_sha256_add(hash, length, sizeof(length));
    for (i = 0; i < AZ_SHA256_SIZE - 1; i++)
        ret[i] = digits[hash->state[i / 8] >> (28 - i % 8 * 4) & 15];
    ret[i] = '\0';
}

bool
az_sha256_is_digest(struct az_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if (!az_is_digit(text.p[i]) && (text.p[i] < 'a' || text.p[i] > 'f'))
            return false;
    return text.len == AZ_SHA256_SIZE - 1;
}
