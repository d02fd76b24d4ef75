using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.ExperimentSvc.Results;
using Splitrail.ExperimentSvc.Results.Shown;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>The API's JSON: strict as the gateway's.</summary>
[JsonSerializable(typeof(ExperimentList))]
[JsonSerializable(typeof(SavedExperiment))]
[JsonSerializable(typeof(Validation))]
[JsonSerializable(typeof(Preview))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelDetail))]
[JsonSerializable(typeof(ModelChange))]
[JsonSerializable(typeof(ModelComparison))]
[JsonSerializable(typeof(ModelHistory))]
[JsonSerializable(typeof(ModelGate[]))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(ActivateRequest))]
[JsonSerializable(typeof(StageRequest))]
[JsonSerializable(typeof(RollBackRequest))]
[JsonSerializable(typeof(LayerList))]
[JsonSerializable(typeof(HoldoutView))]
[JsonSerializable(typeof(FlagsView))]
[JsonSerializable(typeof(SchemaView))]
[JsonSerializable(typeof(Imported))]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(WeightsList))]
[JsonSerializable(typeof(History))]
[JsonSerializable(typeof(ChainVerdict))]
[JsonSerializable(typeof(ExperimentQuality))]
[JsonSerializable(typeof(SumsView))]
[JsonSerializable(typeof(ForgetRequest))]
[JsonSerializable(typeof(Forgotten))]
[JsonSerializable(typeof(ResultsView))]
[JsonSerializable(typeof(DimensionView))]
[JsonSerializable(typeof(ShownItemList))]
[JsonSerializable(typeof(DecisionList))]
[JsonSerializable(typeof(OffPolicyRequest))]
[JsonSerializable(typeof(OffPolicyAnswer))]
[JsonSerializable(typeof(PowerRequest))]
[JsonSerializable(typeof(PowerAnswer))]
[JsonSerializable(typeof(ExperimentPowerAnswer))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(DefinitionFile))]
[JsonSerializable(typeof(FlagSet))]
[JsonSerializable(typeof(FaultView[]))]
[JsonSerializable(typeof(JsonDifference[]))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static void AddTo(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        StrictJson.Tighten(options);
        options.RespectNullableAnnotations = true;
        // The OpenAPI document is written with these options too, and the schema of an experiment is deeper than an experiment.
        options.MaxDepth = 64;
    }
}
