using Splitrail.Hosting;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>Which model the folder's active.json names: an order to the registry for who has no use for its API. A file that cannot be read changes nothing.</summary>
internal sealed partial class ActiveModelWatch(ExperimentOptions options, ControlPlane control, ILogger<ActiveModelWatch> logger) : IDependencyCheck
{
    private readonly ModelStore? _store = options.ModelsDirectory is { } folder ? new ModelStore(folder) : null;
    private volatile string? _fault;
    private volatile string? _refusal;

    public string Name => "models";

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken)
    {
        var serving = control.Current?.ActiveModel;
        return ValueTask.FromResult((_fault ?? _refusal) is { } wrong
            ? DependencyStatus.Degraded($"{wrong} Serving model {serving ?? "none"}.")
            : DependencyStatus.Healthy(serving is null ? "no model is active yet" : $"model {serving} is active"));
    }

    /// <summary>What the file names now; null when there is none or it cannot be read.</summary>
    public string? Look()
    {
        if (_store is null)
            return null;
        try
        {
            var active = _store.ActiveVersion();
            _fault = null;
            return active;
        }
        catch (Exception broken) when (broken is ModelException or IOException or UnauthorizedAccessException)
        {
            if (_fault != broken.Message)
                Unusable(logger, broken.Message, Serving);
            _fault = broken.Message;
            return null;
        }
    }

    /// <summary>Why what the file names is not served; null when nothing is wrong with it.</summary>
    public void Refuse(string? reason)
    {
        if (reason is not null && _refusal != reason)
            Unusable(logger, reason, Serving);
        _refusal = reason;
    }

    private string Serving => control.Current?.ActiveModel ?? "none";

    [LoggerMessage(EventId = 310, Level = LogLevel.Error, Message = "What active.json says cannot be followed: {Reason}; model {Model} stays")]
    private static partial void Unusable(ILogger logger, string reason, string model);
}
