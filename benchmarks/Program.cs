using Splitrail.Benchmarks;

return await BenchCommands.Create().Parse(args).InvokeAsync();
