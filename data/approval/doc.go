// Package approval holds approvals 审批 as values (rule 8.6): chains 审批流 and which of them holds, the steps 步骤 a slip is asked, who may
// take one, and how a slip goes from submitted to approved. It knows no book, no clock and no right: who approves needs none. Three words:
// chain 审批流, step 步骤, round 一轮 (from one submit to audit, return or change).
//
// # Contents
//
//	declared  chain.go (Chain, Step, By), rows.go (a chain as rows of a file), when.go (reasons by which a step is asked), ready.go
//	asked     hold.go (which chain holds, which steps)
//	people    people.go (who takes a step, who stands in for whom)
//	lived     round.go (submit, approve, return, execute, what falls away), standing.go (for whom it waits, as a text), words.go
package approval
