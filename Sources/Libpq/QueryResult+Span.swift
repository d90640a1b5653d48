internal import CLibpq

extension QueryResult {
    /// A value's bytes without a copy, nil for NULL; for printers, which read each value of a large result.
    @_lifetime(borrow self)
    public func bytes(_ row: Int, _ column: Int) -> Span<UInt8>? {
        guard !isNull(row, column), let value = unsafe PQgetvalue(pointer, Int32(row), Int32(column)) else {
            return nil
        }
        let length = unsafe Int(PQgetlength(pointer, Int32(row), Int32(column)))
        // The bytes belong to the PGresult, which lives until this object's deinit.
        let bytes = unsafe UnsafeRawBufferPointer(start: value, count: length)
        let span = unsafe Span<UInt8>(_bytes: RawSpan(_unsafeBytes: bytes))
        return unsafe _overrideLifetime(span, borrowing: self)
    }
}
