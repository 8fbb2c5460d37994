namespace Ziggie.Actors.Tests.Histories;

/// <summary>What may happen next to a service, its processes or its daemon.</summary>
internal enum Operation
{
    Start,
    Stop,
    ForceStop,
    Restart,
    Redefine,
    Exit0,
    Exit1,
    Killed,
    Fork,
    BecomeReady,
    ReadyTimesOut,
    Unhealthy,
    DependencyChanges,
    WaitTimesOut,
    ScheduleFires,
    ExceedLimit,
    LaunchesFail,
    PortIsTaken,
    RunEffect,
    DeliverFact,
    PassASecond,
    PassAMinute,
    PassTenMinutes,
    CrashDaemon,
    CrashBeforeStoring,
    CrashAfterStoring,
    StopDaemon,
}
