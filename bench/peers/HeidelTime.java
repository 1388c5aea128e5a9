// Runs HeidelTime over many documents in one Java machine, so that its start is paid once.
//
//   java -cp de.unihd.dbs.heideltime.standalone.jar HeidelTime.java CONFIG MANIFEST
//
// A line of MANIFEST is TEXT-FILE <tab> YYYY-MM-DD <tab> OUT-FILE; OUT-FILE gets TimeML. Prints the milliseconds spent on the documents alone.
// No tagger: the one that HeidelTime can use is not free, and it runs without.

import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;

public class HeidelTime {
    public static void main(String[] arguments) throws Exception {
        var heidelTime = new HeidelTimeStandalone(Language.ENGLISH, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.NO);
        var day = new SimpleDateFormat("yyyy-MM-dd");
        long started = System.nanoTime();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String[] cells = line.split("\t");
            String timeml = heidelTime.process(Files.readString(Path.of(cells[0])), day.parse(cells[1]));
            Files.writeString(Path.of(cells[2]), timeml);
        }
        System.out.println((System.nanoTime() - started) / 1_000_000);
    }
}
