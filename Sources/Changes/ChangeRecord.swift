internal import Pgoutput
internal import Postgres

/// The note that a `ChangeBuffer` keeps of one element: its kind, and where its parts are.
@usableFromInline
struct ChangeRecord: Sendable {
    @usableFromInline
    enum Kind: UInt8, Sendable {
        case relation
        case insert
        /// An update without old row.
        case update
        case updateOfKey
        case updateOfFull
        case deleteOfKey
        case deleteOfFull
        case truncate
        case message

        /// How many rows the element has.
        @inlinable
        var rows: Int {
            switch self {
            case .relation, .truncate: 0
            case .insert, .update, .deleteOfKey, .deleteOfFull, .message: 1
            case .updateOfKey, .updateOfFull: 2
            }
        }
    }

    @usableFromInline let kind: Kind
    /// Columns of the element's rows. A message is stored as a row whose one column is its content.
    @usableFromInline let width: UInt16
    /// Of the (sub)transaction that made the change; 0, which no transaction has, outside of stream blocks.
    @usableFromInline let xid: UInt32
    /// A place in the buffer's relations; for `truncate` and `message`, in the list of these.
    @usableFromInline let subject: Int
    /// Where its first column stands among the buffer's columns; an old row is before the new one.
    @usableFromInline let columns: Int
    /// Where its bytes begin.
    @usableFromInline let bytes: Int
}
