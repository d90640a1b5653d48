public import Testing

/// For a suite whose tests block their threads, as all do that wait for a server or a program: they run on `BlockingThreads`.
///
/// By itself a test runs on a thread of the pool that all tasks share, one a processor, so that on two processors two tests wait
/// and the others wait for these.
public struct BlockingTrait: SuiteTrait, TestScoping {
    /// The tests are child tasks of their suite's, and so inherit its preference. A synchronous test runs where its task runs.
    @concurrent public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(BlockingThreads.shared) { try await function() }
    }
}

extension Trait where Self == BlockingTrait {
    /// The suite's tests block their threads.
    public static var blocking: Self { Self() }
}
