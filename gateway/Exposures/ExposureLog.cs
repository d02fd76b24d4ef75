using System.Threading.Channels;
using Splitrail.Contracts;
using Splitrail.Gateway.Assignment;

namespace Splitrail.Gateway.Exposures;

/// <summary>Takes exposures without ever making a request wait; what finds no room is dropped and counted.</summary>
internal sealed class ExposureLog(GatewayOptions options, GatewayMetrics metrics)
{
    private readonly Channel<Exposure> _channel =
        Channel.CreateBounded<Exposure>(new BoundedChannelOptions(options.ExposureBufferSize) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<Exposure> Reader => _channel.Reader;

    public void Log(ArmSet arms, long snapshotVersion, string requestId, long nowMs)
    {
        if (!arms.IsCounted)
            return;
        foreach (var arm in arms.Arms)
        {
            var exposure = new Exposure(
                Guid.CreateVersion7().ToString("N"), arm.Experiment, arm.Arm, arms.Unit.Id, arms.Unit.Kind, requestId, snapshotVersion, arm.Epoch,
                arm.Probability, nowMs);
            if (!_channel.Writer.TryWrite(exposure))
                metrics.ExposuresDropped(1, "buffer_full");
        }
    }

    /// <summary>No more will come: the publisher sends what is left.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
