using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.FeatureManagement;
using Splitrail.Contracts;
using Splitrail.Gateway.Flags;

namespace Splitrail.Tests.Unit.Gateway.Flags;

/// <summary>Microsoft.FeatureManagement over a control snapshot.</summary>
internal static class Features
{
    public static IVariantFeatureManager Of(ControlSnapshot snapshot) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton<IFeatureDefinitionProvider>(new SnapshotFeatureDefinitions(() => snapshot))
        .AddFeatureManagement().Services
        .BuildServiceProvider()
        .GetRequiredService<IVariantFeatureManager>();
}
