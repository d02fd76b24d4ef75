using Splitrail.Hosting;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>Which model is in production, as the trainer's publish wrote it. One that cannot be read changes nothing.</summary>
internal sealed partial class ActiveModelWatch(ExperimentOptions options, ILogger<ActiveModelWatch> logger) : IDependencyCheck
{
    private readonly ModelStore? _store = options.ModelsDirectory is { } folder ? new ModelStore(folder) : null;
    private volatile string? _fault;
    private volatile string? _current;

    public string Name => "models";

    /// <summary>Null before the first model was activated.</summary>
    public string? Current => _current;

    public IReadOnlyList<string> Versions => _store?.Versions() ?? [];

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_fault is { } fault
        ? DependencyStatus.Degraded($"{fault} Serving model {_current ?? "none"}.")
        : DependencyStatus.Healthy(_current is null ? "no model is active yet" : $"model {_current} is active"));

    /// <summary>Looks once; true when <see cref="Current"/> is new.</summary>
    public bool Look()
    {
        if (_store is null)
            return false;
        try
        {
            var active = _store.ActiveVersion();
            _fault = null;
            // A missing file is no order to serve without a model: only a publish puts another one there.
            if (active is null || active == _current)
                return false;
            _current = active;
            return true;
        }
        catch (Exception broken) when (broken is ModelException or IOException or UnauthorizedAccessException)
        {
            if (_fault is null)
                Unreadable(logger, broken.Message, _current ?? "none");
            _fault = broken.Message;
            return false;
        }
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Error, Message = "The active model cannot be read: {Reason}; model {Model} stays")]
    private static partial void Unreadable(ILogger logger, string reason, string model);
}
