using Shouldly;
using Splitrail.RankingSvc.Onnx;
using Splitrail.Tests.Unit.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Onnx;

public sealed class OnnxSessionTests
{
    private static readonly Dictionary<string, string> Metadata = new() { ["feature_set"] = "shop-v1", ["note"] = "ö" };

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_native_runtime_scores_as_the_managed_network_does(int rows)
    {
        var model = RandomRankers.WithStrangers(RandomRankers.Network(3, 18, 64, 32, 1));
        var features = RandomRankers.Rows(4, rows, 18);
        features[0] = 1e9f;
        var expected = new float[rows];
        model.Score(features, expected);

        using var session = OnnxSession.Open(OnnxRuntime.Shared, model.ToOnnx(Metadata));
        using var buffer = session.CreateBuffer(rows);
        features.CopyTo(buffer.Rows);
        session.Run(buffer, rows);

        for (var i = 0; i < rows; i++)
            buffer.Scores[i].ShouldBe(expected[i], 1e-5f);
    }

    [Fact]
    public void Several_threads_on_processors_of_their_own_score_the_same()
    {
        const int rows = 300;
        var model = RandomRankers.Network(3, 18, 64, 32, 1);
        using var session = OnnxSession.Open(OnnxRuntime.Shared, model.ToOnnx(Metadata), threads: 2, affinity: "1");
        using var buffer = session.CreateBuffer(rows);
        RandomRankers.Rows(4, rows, 18).CopyTo(buffer.Rows);
        session.Run(buffer, rows);
        var expected = new float[rows];
        model.Score(buffer.Rows, expected);
        buffer.Scores.ToArray().ShouldBe(expected, 1e-5);
        Should.Throw<OnnxException>(() => OnnxSession.Open(OnnxRuntime.Shared, model.ToOnnx(Metadata), threads: 2, affinity: "nonsense"));
    }

    [Fact]
    public void A_buffer_serves_batches_of_every_size_up_to_its_capacity()
    {
        var model = RandomRankers.Network(5, 4, 1);
        using var session = OnnxSession.Open(OnnxRuntime.Shared, model.ToOnnx(Metadata));
        using var buffer = session.CreateBuffer(9);
        for (var rows = 9; rows >= 0; rows--)
        {
            var features = RandomRankers.Rows(rows, rows, 4);
            var expected = new float[rows];
            model.Score(features, expected);
            features.CopyTo(buffer.Rows);
            session.Run(buffer, rows);
            buffer.Scores[..rows].ToArray().ShouldBe(expected, 1e-5);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => session.Run(buffer, 10));
    }

    [Fact]
    public void A_run_allocates_no_managed_memory()
    {
        using var session = OnnxSession.Open(OnnxRuntime.Shared, RandomRankers.Network(1, 18, 64, 32, 1).ToOnnx(Metadata));
        using var buffer = session.CreateBuffer(250);
        RandomRankers.Rows(2, 250, 18).CopyTo(buffer.Rows);
        session.Run(buffer, 250);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            session.Run(buffer, 250);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task Runs_with_buffers_of_their_own_may_overlap()
    {
        var model = RandomRankers.Network(8, 18, 64, 32, 1);
        using var session = OnnxSession.Open(OnnxRuntime.Shared, model.ToOnnx(Metadata));
        var wrong = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => WrongScores(model, session, seed))));
        wrong.Sum().ShouldBe(0);
    }

    [Fact]
    public void Metadata_are_read_back_and_a_missing_one_is_null()
    {
        using var session = OnnxSession.Open(OnnxRuntime.Shared, RandomRankers.Network(1, 3, 1).ToOnnx(Metadata));
        session.Width.ShouldBe(3);
        session.Metadata("feature_set").ShouldBe("shop-v1");
        session.Metadata("note").ShouldBe("ö");
        session.Metadata("absent").ShouldBeNull();
    }

    [Fact]
    public void A_broken_model_is_refused_with_the_message_of_the_runtime()
    {
        var refused = Should.Throw<OnnxException>(() => OnnxSession.Open(OnnxRuntime.Shared, "not a model"u8));
        refused.Message.ShouldStartWith("ONNX Runtime could not load the model: ");
        refused.Message.Length.ShouldBeGreaterThan("ONNX Runtime could not load the model: ".Length);
    }

    [Fact]
    public void A_disposed_session_refuses_to_run()
    {
        var session = OnnxSession.Open(OnnxRuntime.Shared, RandomRankers.Network(1, 3, 1).ToOnnx(Metadata));
        using var buffer = session.CreateBuffer(1);
        session.Dispose();
        session.Dispose();
        Should.Throw<ObjectDisposedException>(() => session.Run(buffer, 1));
    }

    private static int WrongScores(Splitrail.Trainer.Ranker.RankerModel model, OnnxSession session, int seed)
    {
        const int rows = 40;
        using var buffer = session.CreateBuffer(rows);
        var expected = new float[rows];
        var wrong = 0;
        for (var round = 0; round < 50; round++)
        {
            var features = RandomRankers.Rows((seed * 1000) + round, rows, 18);
            model.Score(features, expected);
            features.CopyTo(buffer.Rows);
            session.Run(buffer, rows);
            for (var i = 0; i < rows; i++)
                wrong += Math.Abs(buffer.Scores[i] - expected[i]) > 1e-5f ? 1 : 0;
        }

        return wrong;
    }
}
