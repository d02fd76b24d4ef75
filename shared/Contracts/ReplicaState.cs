namespace Splitrail.Contracts;

/// <summary>What a replica of candidate-svc or ranking-svc says of itself in its answers: by it the gateway knows when all of them have a new model (docs/decisions/0025).</summary>
/// <param name="Id">Of this process, from its start to its end.</param>
/// <param name="Snapshot">The newest control snapshot whose production models it has loaded.</param>
public sealed record ReplicaState(string Id, long Snapshot);
