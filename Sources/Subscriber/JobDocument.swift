internal import Catalog
internal import Foundation
internal import Job
internal import Postgres

/// The parts of the state that are kept as JSON.
enum JobDocument {
    static func text(_ value: some Encodable) -> String? {
        (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Nil for a document that another release wrote and this one cannot read.
    static func error(_ text: String) -> JobError? { decode(text) }
    static func throttleSettings(_ text: String) -> ThrottleSettings? { decode(text) }
    static func throttleStatus(_ text: String) -> ThrottleStatus? { decode(text) }
    static func shape(_ text: String) -> TableShape? { decode(text) }

    private static func decode<Value: Decodable>(_ text: String) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}

extension JobStore {
    /// An error with this moment, in a form that the shadow can hold.
    func held(_ error: PostgresError?) throws(PostgresError) -> String? {
        let document = error.flatMap { JobDocument.text(JobError($0, at: Date.now.formatted(.iso8601))) }
        return try held(document, isJSON: true)
    }
}
