// These tests wait more than they work: for a dead silo to be noticed, for a due minute. Two at once, as processors are counted, leave the machine idle.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
