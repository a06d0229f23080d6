/** How a LONG is kept: a number while that is exact, a bigint beyond 2^53. One form for each value [P-3.1.3]. */
export type StoredLong = number | bigint
