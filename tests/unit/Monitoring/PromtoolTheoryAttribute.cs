using Splitrail.Tests.Unit.Charts;
using Xunit;

namespace Splitrail.Tests.Unit.Monitoring;

/// <summary>A test that runs promtool; left out, and said so, where there is none.</summary>
public sealed class PromtoolTheoryAttribute : TheoryAttribute
{
    public PromtoolTheoryAttribute() => Skip = ChartTools.SkipWithout("promtool");
}
