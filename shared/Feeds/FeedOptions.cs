using Microsoft.Extensions.Configuration;

namespace Splitrail.Feeds;

/// <summary>Settings <c>--Feeds:PollInterval</c> and <c>--Feeds:Directory</c>.</summary>
/// <param name="PollInterval">Mean time between two polls; ±20 % jitter keeps replicas from polling in step.</param>
/// <param name="Directory">Where the last versions are kept; null keeps none.</param>
public sealed record FeedOptions(TimeSpan PollInterval, string? Directory)
{
    public static FeedOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Feeds");
        var text = section["PollInterval"];
        var interval = TimeSpan.FromMilliseconds(500);
        if (text is not null && (!TimeSpan.TryParse(text, out interval) || interval < TimeSpan.FromMilliseconds(10) || interval > TimeSpan.FromMinutes(1)))
            throw new ArgumentException($"Feeds:PollInterval is '{text}': give a time span from 00:00:00.010 to 00:01:00, such as 00:00:00.500.");
        return new FeedOptions(interval, section["Directory"]);
    }
}
