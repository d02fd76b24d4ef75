using Splitrail.Dapr;

namespace Splitrail.Gateway.Publishing;

/// <summary>What is published in batches.</summary>
/// <param name="Noun">For logs, in the plural.</param>
/// <param name="Largest">A batch is sent when the weights of what is in it reach this.</param>
/// <param name="WeightOf">How much of a batch one takes.</param>
/// <param name="PublishAsync">Hands a batch to the broker.</param>
/// <param name="Published">Told how many the broker has taken.</param>
internal sealed record BatchTopic<T>(string Noun, int Largest, Func<T, int> WeightOf, Func<IReadOnlyList<T>, CancellationToken, Task<DaprResult>> PublishAsync, Action<int> Published);
