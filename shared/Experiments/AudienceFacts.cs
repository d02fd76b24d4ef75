using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>What is known of a request when its audience rules are asked; null is not known.</summary>
/// <param name="Page">Where the recommendations are shown.</param>
/// <param name="User">The user's context; null when feature-svc did not answer.</param>
/// <param name="NowMs">Unix milliseconds.</param>
public readonly record struct AudienceFacts(PageFacts? Page, UserContext? User, long NowMs)
{
    private const double DayMs = 24 * 60 * 60 * 1000;

    /// <summary>Null when unknown, or when the attribute is no text.</summary>
    internal string? TextOf(string attribute) => attribute switch
    {
        AudienceAttributes.Device => Page?.Device,
        AudienceAttributes.Page => Page?.Page,
        AudienceAttributes.Category => Page?.Category,
        AudienceAttributes.Country => Page?.Country,
        AudienceAttributes.Language => Page?.Language,
        AudienceAttributes.Referrer => Page?.Referrer,
        AudienceAttributes.AppVersion => Page?.AppVersion,
        _ => null,
    };

    /// <summary>Null when unknown, or when the attribute is no number.</summary>
    internal double? NumberOf(string attribute) => attribute switch
    {
        AudienceAttributes.Interactions => User?.EventCount,
        AudienceAttributes.DaysSinceLast => (NowMs - User?.LastEventMs) / DayMs,
        AudienceAttributes.MeanPrice => User?.MeanLogPrice is { } mean ? Math.Exp(mean) : null,
        _ => null,
    };
}

/// <summary>Where recommendations are shown, as the shop says it.</summary>
public sealed record PageFacts(
    string? Device = null, string? Page = null, string? Category = null, string? Country = null, string? Language = null, string? Referrer = null, string? AppVersion = null);
