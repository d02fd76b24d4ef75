using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Models;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Onnx;
using Splitrail.RankingSvc.Quality;
using Splitrail.Tests.Unit.Local.Sidecar;
using Splitrail.Tests.Unit.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Quality;

public sealed class ModelQualityTests : IDisposable
{
    private const int Rows = 1000;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly OnnxSession _session = OnnxSession.Open(OnnxRuntime.Shared, RandomRankers.Network(1, 2, 1).ToOnnx(new Dictionary<string, string>()));
    private readonly ScoringBuffer _buffer;
    private readonly ManualTime _time = new();
    private readonly ModelQuality _quality;

    public ModelQualityTests()
    {
        _buffer = _session.CreateBuffer(Rows);
        ValueDistribution[] features = [new("even", [0.25f, 0.5f, 0.75f], [0.25, 0.25, 0.25, 0.25], 0.5), new("fixed", [], [1.0], 3)];
        _quality = new ModelQuality(
            "v1", new DriftReference("set", 1000, features, new ValueDistribution("score", [0.5f], [0.5, 0.5], 0.5)), s_window,
            new RankingMetrics(_services.GetRequiredService<IMeterFactory>()), _time);
    }

    public void Dispose()
    {
        _buffer.Dispose();
        _session.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Values_as_in_training_have_no_drift_and_others_do()
    {
        Serve(static random => random.NextSingle());
        Drift("even").ShouldBeLessThan(0.02);
        Serve(static random => random.NextSingle() / 4);
        Drift("even").ShouldBeGreaterThan(0.1);
        Drift("fixed").ShouldBe(0);
        _quality.ScoreDrift().ShouldNotBeNull();
    }

    [Fact]
    public void Too_few_values_say_nothing()
    {
        Serve(static random => random.NextSingle(), runs: 2);
        _quality.FeatureDrift().ShouldBeEmpty();
        _quality.ScoreDrift().ShouldBeNull();
    }

    [Fact]
    public void What_was_before_the_last_window_is_forgotten()
    {
        Serve(static random => random.NextSingle() / 4);
        _time.Advance(s_window);
        Serve(static random => random.NextSingle());
        Drift("even").ShouldBeGreaterThan(0.1);
        _time.Advance(s_window);
        Serve(static random => random.NextSingle());
        Drift("even").ShouldBeLessThan(0.02);
    }

    [Fact]
    public void Looking_at_a_run_allocates_nothing()
    {
        Serve(static random => random.NextSingle());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            _quality.Observe(_buffer, Rows);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private double Drift(string feature) => _quality.FeatureDrift().Single(drift => drift.Feature == feature).Index;

    private void Serve(Func<Random, float> value, int runs = 50)
    {
        var random = new Random(runs);
        for (var run = 0; run < runs; run++)
        {
            for (var row = 0; row < Rows; row++)
                (_buffer.Row(row)[0], _buffer.Row(row)[1]) = (value(random), 3f);
            _session.Run(_buffer, Rows);
            _quality.Observe(_buffer, Rows);
        }
    }
}
