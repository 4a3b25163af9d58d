package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// atTerminal tells whether a person sits before the command and can be asked: a file or a pipe never is.
func (c *call) atTerminal() bool {
	in, ok := c.in.(*os.File)
	return ok && term.IsTerminal(int(in.Fd()))
}

// askTax asks, of a new Chinese book at a terminal where the option was not given, whether its prices hold the tax (7.1): so counter
// prices do in China. An empty answer takes what is proposed, yes for a small taxpayer; without an answer the book is not made.
func (c *call) askTax(s *workflow.Settings) error {
	if _, given := c.flags[strings.ReplaceAll(master.InclTax, "_", "-")]; given || s.Lang != text.Zh || !c.atTerminal() {
		return nil
	}
	answer, err := asked(c.in, c.errOut, workflow.UsualInclTax(s.Taxpayer) == "yes")
	if err != nil {
		return err
	}
	s.InclTax = answer
	return nil
}

// asked reads yes or no from in; an empty line is the proposal, anything else is asked again.
func asked(in io.Reader, out io.Writer, proposed bool) (bool, error) {
	may := map[bool]string{true: "[是]/否", false: "是/[否]"}[proposed]
	for r := bufio.NewReader(in); ; {
		fmt.Fprintf(out, "商品和新单据的价格含税吗？%s (y/n)：", may)
		line, err := r.ReadString('\n')
		if err != nil && line == "" {
			return false, usage("no answer; give --price-includes-tax yes or no")
		}
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "":
			return proposed, nil
		case "y", "yes", "是", "含", "含税":
			return true, nil
		case "n", "no", "否", "不", "不含", "不含税":
			return false, nil
		}
	}
}
