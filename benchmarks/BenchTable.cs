using Splitrail.Benchmarks.Als;
using Splitrail.Benchmarks.Ann;
using Splitrail.Benchmarks.Assignment;
using Splitrail.Benchmarks.Autoscale;
using Splitrail.Benchmarks.Bpmf;
using Splitrail.Benchmarks.Candidates;
using Splitrail.Benchmarks.ConsolePages;
using Splitrail.Benchmarks.Coverage;
using Splitrail.Benchmarks.EndToEnd;
using Splitrail.Benchmarks.Hop;
using Splitrail.Benchmarks.Ingest;
using Splitrail.Benchmarks.Peeking;
using Splitrail.Benchmarks.Power;
using Splitrail.Benchmarks.Quality;
using Splitrail.Benchmarks.Rank;
using Splitrail.Benchmarks.RankerQuality;
using Splitrail.Benchmarks.Results;
using Splitrail.Benchmarks.Search;
using Splitrail.Benchmarks.Snapshot;
using Splitrail.Benchmarks.Sources;
using Splitrail.Benchmarks.Uplift;

namespace Splitrail.Benchmarks;

/// <summary>All measurements.</summary>
internal static class BenchTable
{
    public static IReadOnlyList<IBench> All { get; } =
    [
        new AlsBench(), new AnnBench(), new AssignmentBench(), new AutoscaleBench(), new BpmfBench(), new CandidatesBench(), new ConsoleBench(), new CoverageBench(), new EndToEndBench(), new HopBench(), new IngestBench(),
        new PeekingBench(), new PowerBench(),
        new QualityBench(), new RankBench(), new RankerQualityBench(), new ResultsBench(), new SearchBench(), new SnapshotBench(), new SourcesBench(), new UpliftBench(),
    ];
}
