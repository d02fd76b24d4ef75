using System.Threading.Channels;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Publishing;

namespace Splitrail.Gateway.Exposures;

/// <summary>Takes exposures without ever making a request wait; what finds no room is dropped and counted.</summary>
internal sealed class ExposureLog(GatewayOptions options, GatewayMetrics metrics)
{
    public PublishBuffer<Exposure> Buffer { get; } = new(options.ExposureBufferSize, metrics.ExposuresDropped);

    public ChannelReader<Exposure> Reader => Buffer.Reader;

    public void Log(ArmSet arms, long snapshotVersion, string requestId, long nowMs, int fallbackLevel, TimeSpan latency, PageFacts? page = null)
    {
        var context = page is null || arms.Arms.Count == 0 ? null : new ExposureContext(page.Device, page.Page, page.Country);
        foreach (var arm in arms.Arms)
        {
            // Who cannot be recognised again is served the control but not counted, and so is who was put into an arm by name.
            if (arm.IsForced || arms.Subject.IdIn(arm.Unit) is not { } unit)
                continue;
            Buffer.Add(new Exposure(
                Guid.CreateVersion7().ToString("N"), arm.Experiment, arm.Arm, unit, arms.Subject.KindIn(arm.Unit), requestId, snapshotVersion, arm.Epoch,
                arm.Probability, nowMs, arms.Subject.LinkedUserIn(arm.Unit), fallbackLevel, (int)latency.TotalMilliseconds, context));
        }
    }
}
