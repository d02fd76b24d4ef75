using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Features;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Onnx;
using Splitrail.RankingSvc.Serving;
using Splitrail.Tests.Unit.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Serving;

/// <summary>Alone, because it counts what the whole process has.</summary>
[Collection(Alone)]
public sealed partial class NativeMemoryTests
{
    private const string Alone = "native memory";
    private const int Swaps = 1000;

    [Fact]
    public async Task A_thousand_swaps_of_models_leave_no_native_memory_and_no_handles_behind()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new RankingMetrics(services.GetRequiredService<IMeterFactory>());
        var file = RandomRankers.Network(1, ShopFeatures.Set.Width, 64, 32, 1).ToOnnx(ShopFeatures.Set.Metadata);
        await SwapAsync(file, metrics, 200);
        var (bytes, handles) = (Allocated(), Handles());

        await SwapAsync(file, metrics, Swaps);

        // The runtime itself has some megabytes more or less at any moment. A slot's rows are 50 kB and the bindings of its ten sizes some 10 kB: had either not been
        // freed, a thousand swaps with three slots would have left 150 or 30 MB.
        (Allocated() - bytes).ShouldBeLessThan(9_000_000);
        (Handles() - handles).ShouldBeLessThan(10);
    }

    /// <summary>Opens, uses from several requests, and retires while they run.</summary>
    private static async Task SwapAsync(byte[] file, RankingMetrics metrics, int times)
    {
        var options = ScoringOptions.Default with { Runs = 1 };
        for (var time = 0; time < times; time++)
        {
            var ranker = new LoadedRanker(OnnxSession.Open(OnnxRuntime.Shared, file), options, metrics, TimeProvider.System);
            var requests = Enumerable.Range(0, 3).Select(request => UseAsync(ranker, 10 * (1 + request))).ToArray();
            ranker.Dispose();
            await Task.WhenAll(requests);
            await GoneAsync(ranker);
        }
    }

    /// <summary>A run that several requests shared ends a moment after the last of them has its scores.</summary>
    private static async Task GoneAsync(LoadedRanker ranker)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (ranker.TryEnter())
        {
            ranker.Leave();
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task UseAsync(LoadedRanker ranker, int rows)
    {
        ranker.TryEnter().ShouldBeTrue();
        await Task.Yield();
        var slot = await ranker.RentAsync(CancellationToken.None);
        for (var size = rows; size < rows + 10; size++)
            await ranker.ScoreAsync(slot, size);
        ranker.Return(slot);
        ranker.Leave();
    }

    private static int Handles() => Directory.GetFiles("/proc/self/fd").Length;

    /// <summary>Bytes that the C library has given out in all its arenas: exact, where resident memory also has what was freed.</summary>
    private static long Allocated()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var info = Information();
        return (long)(info.InUse + info.Mapped);
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial AllocatorInformation Information();

    /// <summary>struct mallinfo2 of glibc 2.33.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct AllocatorInformation
    {
        public readonly nuint Arena, FreeChunks, FastChunks, MappedRegions, Mapped, MostInUse, FastBytes, InUse, Free, Releasable;
    }
}

[CollectionDefinition("native memory", DisableParallelization = true)]
public sealed class NativeMemoryCollection;
