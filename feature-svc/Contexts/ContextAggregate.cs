using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;

namespace Splitrail.FeatureSvc.Contexts;

/// <summary>Stored events of a user to the user's context. The order in which they were stored does not matter.</summary>
internal static class ContextAggregate
{
    public static UserContext Of(IEnumerable<PastEvent> events)
    {
        var builder = new UserContextBuilder();
        var version = 0L;
        // All that the sum depends on is in the order: floats added in another one could differ in the last bit between replicas.
        foreach (var past in events.OrderBy(static past => past.AtMs).ThenBy(static past => past.ItemId, StringComparer.Ordinal).ThenBy(static past => past.Type, StringComparer.Ordinal))
        {
            builder.Add(new EventRow(past.AtMs, past.Type, null, null, past.ItemId, ValueMicros: past.ValueMicros));
            version = Math.Max(version, past.Seq);
        }

        var context = builder.Build();
        return context.History.Count == 0 ? context : context with { Version = version };
    }
}
