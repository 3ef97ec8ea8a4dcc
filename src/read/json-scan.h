/* Runs of bytes of JSON text that mean nothing to its readers.
   SPDX-License-Identifier: MIT

   The ways to skip plain text give the same; the widest that the machine has
   is the one that is used, and tests hold the others against it. */

#ifndef AZ_READ_JSON_SCAN_H
#define AZ_READ_JSON_SCAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#    include <emmintrin.h>
#endif

static inline uint64_t
json_load_word(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    return word;
}

/* Whether SIZE bytes are equal; keys are too short for a call of memcmp. */
static inline bool
json_same_bytes(const char *a, const char *b, size_t size)
{
    size_t i;

    if (size < 8)
        return memcmp(a, b, size) == 0;
    for (i = 0; i + 8 < size; i += 8)
        if (json_load_word(a + i) != json_load_word(b + i))
            return false;
    return json_load_word(a + size - 8) == json_load_word(b + size - 8);
}

/* Whether C stands for itself in a string: ASCII that is no quote, no backslash
   and no control character. */
static inline bool
json_is_plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' &&
           c != '\\';
}

/* The first byte that is not plain, or END. */
static inline const char *
json_skip_plain_bytes(const char *p, const char *end)
{
    while (p < end && json_is_plain(*p))
        p++;
    return p;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* The same, eight at a time: the lowest high bit that remains marks the first
   byte that is not plain.  (Borrows may mark bytes behind that one, never
   before it.) */
static inline const char *
json_skip_plain_words(const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        const uint64_t ones = UINT64_C(0x0101010101010101);
        uint64_t word = json_load_word(p);
        uint64_t quote = (word ^ (ones * '"')) - ones;
        uint64_t backslash = (word ^ (ones * '\\')) - ones;
        uint64_t control = word - ones * 0x20;
        uint64_t stop = (quote | backslash | control | word) & (ones * 0x80);

        if (stop != 0)
            return p + (__builtin_ctzll(stop) >> 3);
    }
    return json_skip_plain_bytes(p, end);
}
#endif

#ifdef __SSE2__
/* The same, sixteen at a time: half the time of eight, as most strings have
   fewer than sixteen bytes. */
static inline const char *
json_skip_plain_vectors(const char *p, const char *end)
{
    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        /* As signed numbers, those above 0x7F are below 0x20 too. */
        __m128i other = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
        int stop = _mm_movemask_epi8(
            _mm_or_si128(_mm_or_si128(quote, backslash), other));

        if (stop != 0)
            return p + __builtin_ctz((unsigned)stop);
    }
    return json_skip_plain_bytes(p, end);
}
#endif

static inline const char *
json_skip_plain(const char *p, const char *end)
{
#if defined(__SSE2__)
    return json_skip_plain_vectors(p, end);
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return json_skip_plain_words(p, end);
#else
    return json_skip_plain_bytes(p, end);
#endif
}

static inline bool
json_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

#endif
