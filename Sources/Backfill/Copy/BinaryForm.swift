internal import Postgres

/// COPY's binary format, for values that are too long as text.
enum BinaryForm {
    /// bytea, text, bpchar, varchar.
    static let texts: Set<OID> = [OID(17), OID(25), OID(1042), OID(1043)]

    /// The types that every server since 10 sends and receives in the same bytes, and arrays of these (pg_type.dat): bool,
    /// bytea, "char", name, int8, int2, int4, text, oid, json, xml, float4, float8, money, macaddr, inet, cidr, bpchar, varchar,
    /// date, time, timestamp, timestamptz, interval, timetz, bit, varbit, numeric, uuid, jsonb.
    static let types: Set<OID> = Set(
        [
            16, 17, 18, 19, 20, 21, 23, 25, 26, 114, 142, 700, 701, 790, 829, 869, 650, 1042, 1043, 1082, 1083, 1114,
            1184, 1186, 1266, 1560, 1562, 1700, 2950, 3802,
            1000, 1001, 1002, 1003, 1016, 1005, 1007, 1009, 1028, 199, 143, 1021, 1022, 791, 1040, 1041, 651, 1014,
            1015,
            1182, 1183, 1115, 1185, 1187, 1270, 1561, 1563, 1231, 2951, 3807,
        ].map { OID($0) })
}
