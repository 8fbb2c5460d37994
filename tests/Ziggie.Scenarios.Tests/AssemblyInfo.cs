using Xunit;

// Each class has daemons of its own, and most of their time they wait for processes, delays and probes.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
