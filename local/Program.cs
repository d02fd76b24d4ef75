Console.Error.WriteLine("nothing here yet");
