using System.CommandLine;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer.Commands;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Commands;

public sealed class TrainerCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_prints_what_became_of_the_rows()
    {
        var log = _folder.Write("log.csv", "user,item,time\nu,a,1772000000\nu,,1772000000\n");
        Run("import", "--data", log, "--format", "csv", "--out", _folder["out"], "--no-shift").ShouldBe(0);
        var text = _output.ToString();
        text.ShouldSatisfyAllConditions(
            () => text.ShouldContain("log.csv: 2 rows read, 1 kept, 1 bad"),
            () => text.ShouldContain("log.csv line 3: item '' is empty"),
            () => text.ShouldContain(DatasetFolder.Open(_folder["out"]).Manifest.Fingerprint));
    }

    [Fact]
    public void A_fault_in_the_data_is_one_line_on_standard_error_and_exit_code_1()
    {
        Run("import", "--data", _folder["missing.csv"], "--format", "csv", "--out", _folder["out"]).ShouldBe(1);
        _error.ToString().ShouldStartWith("error: --data ");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Embed_makes_an_index_and_tells_of_what_it_left_out()
    {
        var vectors = _folder.Write("v.jsonl", "{\"item_id\":\"a\",\"vector\":[1,2]}\n{\"item_id\":\"b\",\"vector\":[0,0]}\n");
        Run("embed", "--vectors", vectors, "--out", _folder["v.vectors"]).ShouldBe(0);
        _output.ToString().ShouldContain("1 items x 2, exact");
        _error.ToString().ShouldContain("left out 1 items whose vectors are all zeros, 'b' first");
        Run("embed", "--vectors", vectors, "--out", _folder["v.bin"]).ShouldBe(1);
        _error.ToString().ShouldContain("ends in .vectors");
        Run("embed", "--vectors", vectors).ShouldBe(1);
        _error.ToString().ShouldContain("either --out, or --version and --models");
        Run("embed", "--vectors", vectors, "--version", "v1", "--models", _folder["models"]).ShouldBe(0);
        new ModelStore(_folder["models"]).Verify("v1").UsedFor.ShouldBe([ModelTypes.Embedding]);
        Run("embed", "--vectors", vectors, "--version", "v1", "--models", _folder["models"]).ShouldBe(1);
        Run("embed", "--vectors", _folder["none.npy"], "--out", _folder["v.vectors"]).ShouldBe(1);
        _error.ToString().ShouldContain("are not there");
    }

    [Fact]
    public void A_folder_that_is_no_dataset_is_not_overwritten()
    {
        _folder.Write("thesis.doc", "years of work");
        Run("demo", "--out", _folder.Path, "--users", "5", "--guests", "20", "--items", "100", "--days", "5").ShouldBe(1);
        _error.ToString().ShouldContain("other files");
    }

    [Fact]
    public void Demo_writes_a_dataset_that_ends_less_than_a_day_ago()
    {
        Run("demo", "--out", _folder["out"], "--seed", "3", "--users", "5", "--guests", "20", "--items", "100", "--days", "5").ShouldBe(0);
        var age = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - DatasetFolder.Open(_folder["out"]).Manifest.LastEventMs;
        age.ShouldBeInRange(0, 86_400_000);
    }

    [Theory]
    [InlineData("import", "trainer import --data")]
    [InlineData("demo", "trainer demo --out")]
    public void Help_has_examples(string command, string example)
    {
        Run(command, "--help").ShouldBe(0);
        _output.ToString().ShouldContain(example);
    }

    [Theory]
    [InlineData("import", "--data", "x", "--format", "csv")]
    [InlineData("import", "--data", "x", "--format", "csv", "--out", "y", "--shift-to-now", "--no-shift")]
    [InlineData("demo", "--out", "x", "--users", "many")]
    [InlineData("demo", "--out", "x", "--users", "-5")]
    public void A_wrong_command_line_is_refused(params string[] arguments)
    {
        Run(arguments).ShouldBe(1);
        _error.ToString().ShouldNotBeEmpty();
    }

    private int Run(params string[] arguments)
    {
        var root = new RootCommand { ImportCommand.Create(), DemoCommand.Create(), EmbedCommand.Create() };
        HelpWithExamples.AddTo(root);
        return root.Parse(arguments).Invoke(new InvocationConfiguration { Output = _output, Error = _error });
    }
}
