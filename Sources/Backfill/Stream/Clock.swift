internal import Glibc
internal import Postgres

/// The wall clock as PostgreSQL counts it.
enum Clock {
    static var now: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        let seconds = Int64(time.tv_sec) - Timestamp.unixOffsetSeconds
        return Timestamp(microseconds: seconds * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
