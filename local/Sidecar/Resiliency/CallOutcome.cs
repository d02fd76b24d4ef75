namespace Splitrail.Local.Sidecar.Resiliency;

/// <summary>How one guarded call ended, in the words of daprd.</summary>
/// <param name="Status">The app's HTTP status; 0 when there was no answer; 200 for a component that did its work.</param>
/// <param name="Value">The answer, for whom it concerns.</param>
/// <param name="Error">daprd's text when there was no answer.</param>
internal readonly record struct CallOutcome(int Status, object? Value, string? Error)
{
    public const string DeadlineExceeded = "context deadline exceeded";
    public const string BreakerOpen = "circuit breaker is open";
    public const string TooManyRequests = "too many requests";

    public static CallOutcome Done(object? value = null) => new(200, value, null);

    public static CallOutcome Failed(string error, object? value = null) => new(0, value, error);

    /// <summary>daprd counts every status outside 200–399 as a failure, 404 too.</summary>
    public bool IsSuccess => Error is null && Status is >= 200 and < 400;

    /// <summary>The breaker did not let it pass.</summary>
    public bool IsRefused => Error is BreakerOpen or TooManyRequests;
}
