/// A five-letter SQLSTATE (PostgreSQL manual, appendix A).
public struct SQLState: Hashable, Sendable, CustomStringConvertible {
    public var code: String
    public init(_ code: String) { self.code = code }
    public var description: String { code }

    /// The class, its first two letters.
    public var classCode: Substring { code.prefix(2) }

    public static let connectionException = SQLState("08000")
    public static let connectionFailure = SQLState("08006")
    public static let protocolViolation = SQLState("08P01")
    public static let dataCorrupted = SQLState("XX001")
    public static let internalError = SQLState("XX000")
    public static let featureNotSupported = SQLState("0A000")
    public static let invalidAuthorization = SQLState("28000")
    public static let invalidPassword = SQLState("28P01")
    public static let invalidCatalogName = SQLState("3D000")
    public static let serializationFailure = SQLState("40001")
    public static let deadlockDetected = SQLState("40P01")
    public static let checkViolation = SQLState("23514")
    public static let syntaxError = SQLState("42601")
    public static let insufficientPrivilege = SQLState("42501")
    public static let undefinedColumn = SQLState("42703")
    public static let undefinedTable = SQLState("42P01")
    public static let wrongObjectType = SQLState("42809")
    public static let undefinedObject = SQLState("42704")
    public static let duplicateObject = SQLState("42710")
    public static let insufficientResources = SQLState("53000")
    public static let outOfMemory = SQLState("53200")
    public static let configurationLimitExceeded = SQLState("53400")
    // The word is the condition's own.
    // swift-format-ignore: DontRepeatTypeInStaticProperties
    public static let notInPrerequisiteState = SQLState("55000")
    public static let objectInUse = SQLState("55006")
    public static let lockNotAvailable = SQLState("55P03")
    public static let queryCanceled = SQLState("57014")
    public static let adminShutdown = SQLState("57P01")
    public static let crashShutdown = SQLState("57P02")
    public static let cannotConnectNow = SQLState("57P03")
    public static let ioError = SQLState("58030")
    public static let undefinedFile = SQLState("58P01")
    public static let configFileError = SQLState("F0000")
    public static let untranslatableCharacter = SQLState("22P05")
    public static let readOnlyTransaction = SQLState("25006")
    public static let invalidParameterValue = SQLState("22023")
}
